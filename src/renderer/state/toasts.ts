import { create } from 'zustand';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';

export interface Toast {
  id: number;
  kind: 'error' | 'info';
  /** One sentence. */
  text: string;
  action?: ToastAction;
}

/** What can be done about what a toast says, once. */
export interface ToastAction {
  label: string;
  run: () => void;
}

/** Short messages at the edge of the window; the newest last. */
export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

const shownMs = { error: 12_000, info: 7_000 };
/** Longer where there is something to decide. */
const actionMs = 20_000;
/** Toasts that are shown at once; those with an action are never pushed out. */
const most = 4;
let lastId = 0;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function toast(kind: Toast['kind'], text: string, action?: ToastAction): void {
  const id = ++lastId;
  useToasts.setState(({ toasts }) => {
    // The same sentence twice is said once.
    const others = toasts.filter((other) => other.action || other.text !== text);
    const plain = others.filter((other) => !other.action);
    const kept = new Set(plain.slice(Math.max(0, plain.length - (most - 1))));
    return {
      toasts: [
        ...others.filter((other) => other.action || kept.has(other)),
        { id, kind, text, ...(action ? { action } : {}) },
      ],
    };
  });
  letGo(id);
}

/** Keeps a toast while someone points at it or is in it. */
export const hold = (id: number): void => clearTimeout(timers.get(id));

/** Lets a toast go after its time. */
export function letGo(id: number): void {
  const shown = useToasts.getState().toasts.find((other) => other.id === id);
  if (!shown) return;
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => dismissToast(id), shown.action ? actionMs : shownMs[shown.kind]),
  );
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));
}

/** Does what a toast offers. */
export function actOn({ id, action }: Toast): void {
  dismissToast(id);
  action?.run();
}

/** Does what the newest toast with an action offers; false where there is none. */
export function actOnNewest(): boolean {
  const newest = useToasts.getState().toasts.findLast(({ action }) => action);
  if (newest) actOn(newest);
  return newest !== undefined;
}

/** Says what went wrong with a call. */
export function report(error: unknown): void {
  toast('error', error instanceof Error && error.message ? said(error.message) : t('toast.unknown-error'));
}
