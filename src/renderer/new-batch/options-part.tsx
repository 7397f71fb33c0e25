import { useId, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useHost } from '../state/host.ts';
import { summaryOf } from '../words/option-words.ts';
import { type PlainKey, t } from '../words/t.ts';
import { edit, useDraft } from './draft-state.ts';
import { HaltOption, RetryOptions, TimeoutOption } from './option-groups.tsx';
import { NumberOption, Option } from './option-row.tsx';
import { type NumberTexts, readOptions } from './option-texts.ts';
import { PartView } from './part.tsx';
import './options-part.css';

interface NumberField {
  name: keyof NumberTexts;
  label: PlainKey;
  hint: PlainKey;
  /** What holds where it is left empty. */
  empty: PlainKey;
}

/** Those that few batches need. */
const more: readonly NumberField[] = [
  {
    name: 'concurrency',
    label: 'options.concurrency',
    hint: 'options.concurrency-hint',
    empty: 'options.auto',
  },
  { name: 'chunkSize', label: 'options.chunk', hint: 'options.chunk-hint', empty: 'options.auto' },
  {
    name: 'maxTasksPerWorker',
    label: 'options.recycle',
    hint: 'options.recycle-hint',
    empty: 'options.never',
  },
  { name: 'workerMemoryMb', label: 'options.memory', hint: 'options.memory-hint', empty: 'options.never' },
  { name: 'heapMb', label: 'options.heap', hint: 'options.heap-hint', empty: 'options.none' },
  { name: 'hangSeconds', label: 'options.hang', hint: 'options.hang-hint', empty: 'options.hang-default' },
  { name: 'maxLoad', label: 'options.load', hint: 'options.load-hint', empty: 'options.none' },
  {
    name: 'freeMemoryMb',
    label: 'options.free-memory',
    hint: 'options.free-memory-hint',
    empty: 'options.none',
  },
  {
    name: 'batteryWorkers',
    label: 'options.battery',
    hint: 'options.battery-hint',
    empty: 'options.as-otherwise',
  },
];

/** "Like this": folded to one line that says what is set. */
export function OptionsPart() {
  const [open, setOpen] = useState(false);
  const [moreOpen, setMoreOpen] = useState(false);
  const options = useDraft((state) => state.draft.options);
  const name = useDraft((state) => state.draft.name);
  const poolSize = useHost((state) => state.pool?.size ?? 1);
  const { values, problems } = readOptions(options);
  const moreShown = moreOpen || more.some((field) => problems[field.name] !== undefined);
  const shown = open || Object.keys(problems).length > 0;
  const form = useId();
  return (
    <PartView part="options" title={t('new.options')}>
      <Fold open={shown} controls={form} onClick={() => setOpen(!open)}>
        {summaryOf(values, poolSize)}
      </Fold>
      {shown && (
        <div className="options wide" id={form}>
          <NumberOption
            name="workers"
            label={t('options.workers')}
            hint={t('options.workers-hint')}
            placeholder={String(poolSize)}
            problem={problems.workers}
          />
          <TimeoutOption problem={problems.timeout} />
          <RetryOptions problems={problems} />
          <HaltOption problem={problems.haltLimit} />
          <Option label={t('options.name')} hint={t('options.name-hint')}>
            {(field) => (
              <input
                {...field}
                className="field option-name"
                maxLength={200}
                value={name}
                onChange={(event) => edit({ name: event.target.value })}
              />
            )}
          </Option>
          <Fold open={moreShown} controls={`${form}-more`} onClick={() => setMoreOpen(!moreOpen)}>
            {t('options.more')}
          </Fold>
          {moreShown && (
            <div className="options" id={`${form}-more`}>
              {more.map((field) => (
                <NumberOption
                  key={field.name}
                  name={field.name}
                  label={t(field.label)}
                  hint={t(field.hint)}
                  placeholder={t(field.empty)}
                  problem={problems[field.name]}
                />
              ))}
            </div>
          )}
        </div>
      )}
    </PartView>
  );
}

function Fold({
  open,
  controls,
  onClick,
  children,
}: {
  open: boolean;
  controls: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      className="options-summary"
      aria-expanded={open}
      aria-controls={controls}
      onClick={onClick}
    >
      <Icon name={open ? 'down' : 'chevron'} size={14} />
      {children}
    </button>
  );
}
