import { useEffect, useState } from 'react';
import { bridge } from './connection.ts';
import { type DropTarget, takeDrop } from './new-batch/dropped.ts';
import { Icon } from './parts/icon.tsx';
import { t } from './words/t.ts';
import './drop-veil.css';

const words = {
  task: 'drop.as-task',
  rows: 'drop.as-rows',
  watch: bridge ? 'drop.as-watch' : 'drop.as-inputs',
  anywhere: 'drop.as-inputs',
} as const satisfies Record<DropTarget, string>;

const isOurs = (event: DragEvent): boolean =>
  event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain') ?? false;

/** The part of the window that a drop is on: parts say what they are with `data-drop`. */
const targetOf = (event: DragEvent): DropTarget => {
  const part = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop]') : null;
  return (part?.dataset.drop as DropTarget | undefined) ?? 'anywhere';
};

/** Takes what is dropped anywhere in the window, and shows while it is dragged what will become of it. */
export function DropVeil() {
  const [target, setTarget] = useState<DropTarget | null>(null);
  useEffect(() => {
    const ends = new AbortController();
    const listen = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      window.addEventListener(type, listener, { signal: ends.signal });
    listen('dragover', (event) => {
      // A drag of text within a text field is the field's own.
      if (!isOurs(event) || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setTarget(targetOf(event));
    });
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setTarget(null);
    });
    listen('drop', (event) => {
      setTarget(null);
      const field = event.target instanceof Element && event.target.closest('input, textarea');
      if (!isOurs(event) || (field && !event.dataTransfer?.types.includes('Files'))) return;
      event.preventDefault();
      takeDrop(event, targetOf(event));
    });
    return () => ends.abort();
  }, []);
  if (!target) return null;
  return (
    <div className="drop-veil" aria-hidden="true">
      <div className="drop-veil-words">
        <Icon name="drop" size={20} />
        {t(words[target])}
      </div>
    </div>
  );
}
