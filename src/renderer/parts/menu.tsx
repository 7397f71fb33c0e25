import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './button.css';
import './menu.css';

/** A button that opens a menu below it. The arrow keys walk through the menu, Esc closes it. */
export function MenuButton({
  id,
  label,
  icon,
  bare,
  disabled,
  children,
}: {
  id?: string;
  label: string;
  icon: IconName;
  /** The drawing alone is seen; the label is its name and tip. */
  bare?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div className="menu-root" ref={root}>
      <button
        ref={button}
        id={id}
        type="button"
        className={bare ? 'button button-plain button-bare' : 'button button-plain'}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={bare ? label : undefined}
        title={bare ? label : undefined}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} size={14} />
        {!bare && (
          <>
            {label}
            <Icon name="down" size={12} />
          </>
        )}
      </button>
      {open && (
        <MenuPopup
          label={label}
          isOutside={(target) => !root.current?.contains(target)}
          onClose={(back) => {
            setOpen(false);
            if (back) button.current?.focus();
          }}
        >
          {children}
        </MenuPopup>
      )}
    </div>
  );
}

/** A menu where the pointer is, or at what has the focus. */
export function ContextMenu({
  label,
  at,
  onClose,
  children,
}: {
  label: string;
  /** Its corner, pixels of the window. */
  at: { x: number; y: number };
  onClose: () => void;
  children: ReactNode;
}) {
  const before = useRef(document.activeElement);
  return (
    <MenuPopup
      label={label}
      // Room for the menu is kept at the right and at the bottom.
      style={{
        position: 'fixed',
        left: Math.min(at.x, window.innerWidth - 240),
        top: Math.min(at.y, window.innerHeight - 128),
        right: 'auto',
      }}
      onClose={(back) => {
        onClose();
        if (back && before.current instanceof HTMLElement) before.current.focus();
      }}
    >
      {children}
    </MenuPopup>
  );
}

interface PopupProps {
  label: string;
  style?: CSSProperties;
  /** True where a press on this is one outside of the menu; by default all that is not in it. */
  isOutside?: (target: Node) => boolean;
  /** `back`: the focus should go back to where it was. */
  onClose: (back: boolean) => void;
  children: ReactNode;
}

function MenuPopup({ label, style, isOutside, onClose, children }: PopupProps) {
  const menu = useRef<HTMLDivElement>(null);
  // What is offered when it opens stays until it closes: an item that came or went would move the others under the
  // pointer, and take the focus with it.
  const [items] = useState(children);
  const closing = useRef({ onClose, isOutside });
  closing.current = { onClose, isOutside };

  useEffect(() => {
    itemsOf(menu.current)[0]?.focus();
    const closeOutside = (event: PointerEvent) => {
      const target = event.target as Node;
      const { isOutside = (node: Node) => !menu.current?.contains(node) } = closing.current;
      if (isOutside(target)) closing.current.onClose(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(menu.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'Escape') onClose(true);
    else if (event.key === 'Tab') return onClose(false);
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      const item = items.find((each) => each.getAttribute('aria-keyshortcuts') === ariaKey(event.key));
      // Plain keys are the menu's: the window's act on the batch that is shown, which may be another one.
      if (!item) return event.stopPropagation();
      item.click();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={style}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('[role^=menuitem]')) onClose(true);
      }}
    >
      {items}
    </div>
  );
}

const itemsOf = (menu: HTMLElement | null): HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []),
];

/** A key as `aria-keyshortcuts` names it, from what a menu shows or an event tells. */
const ariaKey = (key: string): string => {
  if (key === 'Del') return 'Delete';
  return key.length === 1 ? key.toLowerCase() : key;
};

interface ItemProps {
  onChoose: () => void;
  /** What is seen, where that is not the label: hidden from those who do not see what stands around it. */
  children?: ReactNode;
  /** The whole of what it does. */
  label: string;
  icon?: IconName;
  /** The key that does the same. */
  shortcut?: string;
  /** Whether it is the chosen one of its group, where it is a choice. */
  checked?: boolean;
}

export function MenuItem({ onChoose, children, label, icon, shortcut, checked }: ItemProps) {
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked })}
      aria-keyshortcuts={shortcut && ariaKey(shortcut)}
      tabIndex={-1}
      className="menu-item"
      onClick={onChoose}
    >
      {icon && <Icon name={icon} size={14} />}
      {checked !== undefined && (
        <span className="menu-check">{checked && <Icon name="check" size={14} />}</span>
      )}
      {children ? <span className="hidden-text">{label}</span> : <span className="menu-label">{label}</span>}
      {children}
      {shortcut && (
        <span className="menu-key" aria-hidden="true">
          <kbd>{shortcut}</kbd>
        </span>
      )}
    </button>
  );
}

/** Items that belong together, under a title that the items' own names repeat. */
export function MenuGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a menu
    <div className="menu-group" role="group" aria-label={title}>
      <div className="menu-title" aria-hidden="true">
        {title}
      </div>
      {children}
    </div>
  );
}
