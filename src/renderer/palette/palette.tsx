import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { keyName } from '../keys/key-name.ts';
import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import { offeredNow } from './offered.ts';
import { hidePalette, usePalette } from './palette-state.ts';
import { type Ranked, rank } from './ranking.ts';
import { recentIds, rememberRecent } from './recent.ts';
import './palette.css';

/** One list of everything that can be done now, searched by typing; where it is open. */
export function Palette() {
  const shown = usePalette((state) => state.shown);
  return shown === null ? null : <PaletteDialog key={shown} which={shown} />;
}

function PaletteDialog({ which }: { which: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const chosen = useRef<Ranked | null>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const recent = useMemo(recentIds, []);
  const ranked = useMemo(() => rank(typed, offeredNow(typed), recent), [typed, recent]);
  const id = useId();
  const active = Math.min(at, ranked.length - 1);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const choose = (one: Ranked | undefined) => {
    if (!one) return;
    chosen.current = one;
    dialog.current?.close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!dialog.current?.open) return;
    event.stopPropagation();
    const last = ranked.length - 1;
    const to = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    const again = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (to !== undefined) setAt(Math.max(0, to));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(ranked[active]);
    else if (again) dialog.current?.close();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.title')}
      // By now the focus is back where it was, from where the action may move it.
      onClose={() => {
        hidePalette(which);
        if (!chosen.current) return;
        rememberRecent(chosen.current.action.id);
        chosen.current.action.run();
      }}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      onKeyDown={onKeyDown}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={ranked.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-label={t('palette.search')}
          placeholder={t('palette.search')}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
        />
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t('palette.title')}>
        {ranked.map((one, position) => (
          <Choice
            key={one.action.id}
            id={`${id}-${position}`}
            ranked={one}
            active={position === active}
            onPoint={() => setAt(position)}
            onChoose={() => choose(one)}
          />
        ))}
      </div>
      <p className="palette-none quiet" role="status">
        {ranked.length === 0 && t('palette.none')}
      </p>
    </dialog>
  );
}

interface ChoiceProps {
  id: string;
  ranked: Ranked;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Choice({ id, ranked: { action, at, recent }, active, onPoint, onChoose }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-keyshortcuts={action.key}
      className="palette-choice"
      title={action.tip}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      {action.icon ? <Icon name={action.icon} size={14} /> : <span className="palette-no-icon" />}
      <span className="palette-label">
        <Marked text={action.label} at={at} />
      </span>
      <span className="palette-group">{t(`palette.group.${recent ? 'recent' : action.group}`)}</span>
      {action.key && (
        <span aria-hidden="true">
          <kbd>{keyName(action.key)}</kbd>
        </span>
      )}
    </div>
  );
}

/** A text with what was typed marked in it. */
function Marked({ text, at }: { text: string; at: number[] }) {
  if (at.length === 0) return text;
  const marked = new Set(at);
  return runsOf(text, marked).map(({ start, run, isMarked }) =>
    isMarked ? <mark key={start}>{run}</mark> : <span key={start}>{run}</span>,
  );
}

function runsOf(text: string, marked: Set<number>): { start: number; run: string; isMarked: boolean }[] {
  const runs: { start: number; run: string; isMarked: boolean }[] = [];
  for (let at = 0; at < text.length; at++) {
    const isMarked = marked.has(at);
    const last = runs.at(-1);
    if (last?.isMarked === isMarked) last.run += text[at];
    else runs.push({ start: at, run: text[at]!, isMarked });
  }
  return runs;
}
