import { create } from 'zustand';
import { t } from '../words/t.ts';

export interface Toast {
  id: number;
  kind: 'error' | 'info';
  /** One sentence. */
  text: string;
}

/** Short messages at the edge of the window; the newest last. */
export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

const shownMs = { error: 12_000, info: 7_000 };
let lastId = 0;

export function toast(kind: Toast['kind'], text: string): void {
  const id = ++lastId;
  useToasts.setState(({ toasts }) => ({
    // The same sentence twice is said once.
    toasts: [...toasts.filter((other) => other.text !== text).slice(-3), { id, kind, text }],
  }));
  setTimeout(() => dismissToast(id), shownMs[kind]);
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));
}

/** Says what went wrong with a call. */
export function report(error: unknown): void {
  toast('error', error instanceof Error && error.message ? error.message : t('toast.unknown-error'));
}
