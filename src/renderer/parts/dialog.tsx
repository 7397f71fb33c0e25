import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { t } from '../words/t.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

/**
 * A dialog over everything else; the focus is kept in it, and given back whichever way it closes. Esc closes it.
 * What is marked with `data-first` has the focus first.
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
  const before = useRef(document.activeElement);
  const heading = useId();
  useLayoutEffect(() => {
    ref.current?.showModal();
    // React's autoFocus comes before the dialog is open, when nothing in it can have the focus.
    ref.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    const { current: back } = before;
    // A dialog that one of its own buttons takes away was never closed: the browser leaves the focus nowhere. Until
    // it is gone nothing around it can have the focus.
    return () =>
      queueMicrotask(() => {
        const isLost = document.activeElement === document.body;
        if (isLost && back instanceof HTMLElement) back.focus({ preventScroll: true });
      });
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
      // Once it is closed, and until it is gone, keys are for the window again.
      onKeyDown={(event) => ref.current?.open && event.stopPropagation()}
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
