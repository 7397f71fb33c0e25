import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../words/t.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

/**
 * A dialog over everything else; the browser keeps the focus in it and gives it back. Esc closes it. What is
 * marked with `data-first` has the focus first.
 */
export function Dialog({
  title,
  onClose,
  wide,
  children,
}: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    ref.current?.showModal();
    // React's autoFocus comes before the dialog is open, when nothing in it can have the focus.
    ref.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => {
        // Only the veil around the dialog is the dialog itself.
        if (event.target === ref.current) ref.current?.close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={t('dialog.close')} onClick={() => ref.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
