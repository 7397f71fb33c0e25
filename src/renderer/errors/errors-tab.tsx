import { type FocusEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { ErrorGroup } from '../../shared/contract/errors.ts';
import { client } from '../connection.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { go } from '../state/place.ts';
import { toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { allAsMarkdown } from './as-markdown.ts';
import { ErrorGroupView } from './error-group.tsx';
import { keepOrderWhile, letOrderGo, useErrors } from './errors-state.ts';
import './errors-tab.css';

/** The failed tasks of a batch, grouped by what went wrong and where. */
export function ErrorsTab({ batch }: { batch: BatchSummary }) {
  const groups = useErrors((state) => (state.batch === batch.id ? state.groups : null));
  const listed = useErrors((state) => state.listed);
  const [open, setOpen] = useState<string | null>(null);
  const failed = batch.counts.failed;
  if (failed === 0) return <NoErrors batch={batch} />;
  if (!groups) return <div className="errors-tab" aria-busy="true" />;
  const { moreGroups, moreTasks } = groups;
  return (
    <div className="errors-tab">
      <header className="errors-head">
        <p role="status">
          {t('errors.summary', {
            groups: t('errors.groups', { count: groups.groups.length + moreGroups }),
            tasks: t('errors.failed', { count: groups.failed }),
          })}
        </p>
        <Button look="ghost" icon="copy" onClick={() => void copyAll(batch, groups.groups)}>
          {t('errors.copy-all')}
        </Button>
      </header>
      <List>
        {listed.map((group, at) => (
          <ErrorGroupView
            key={group.key}
            batch={batch}
            group={group}
            number={at + 1}
            share={group.count / groups.failed}
            open={open === group.key}
            onOpen={() => setOpen(open === group.key ? null : group.key)}
          />
        ))}
        {moreGroups > 0 && (
          <li className="errors-more quiet">
            {t('errors.more', {
              groups: t('errors.groups', { count: moreGroups }),
              tasks: t('errors.tasks', { count: moreTasks }),
            })}
          </li>
        )}
      </List>
    </div>
  );
}

/** The list, whose groups keep their order while the pointer is on them, or the focus by key. */
function List({ children }: { children: ReactNode }) {
  const list = useRef<HTMLOListElement>(null);
  const isHovered = () => list.current?.matches(':hover') ?? false;
  const hasKeyFocus = () => (list.current?.querySelector(':focus-visible') ?? null) !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: they only read what the list is then
  useEffect(() => keepOrderWhile(() => isHovered() || hasKeyFocus()), []);
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget) && !isHovered()) letOrderGo();
  };
  return (
    <ol
      ref={list}
      className="errors-list scrolls"
      aria-label={t('errors.title')}
      onPointerLeave={() => hasKeyFocus() || letOrderGo()}
      onBlur={onBlur}
    >
      {children}
    </ol>
  );
}

function NoErrors({ batch }: { batch: BatchSummary }) {
  return (
    <Empty text={t(hasEnded(batch.state) ? 'errors.none' : 'errors.none-so-far')}>
      <Button onClick={() => go({ screen: 'batch', batch: batch.id, tab: 'tasks' })}>
        {t('empty.show-all', { count: batch.total })}
      </Button>
    </Empty>
  );
}

/** Groups whose example is copied with its stack; the others with what the list knows. */
const mostExamples = 20;

async function copyAll(batch: BatchSummary, groups: readonly ErrorGroup[]): Promise<void> {
  try {
    const examples = await Promise.all(
      groups.map(async (group, at) => ({
        group,
        example:
          at < mostExamples
            ? await client.errors.example({ batch: batch.id, group: group.key }).catch(() => null)
            : null,
      })),
    );
    await navigator.clipboard.writeText(allAsMarkdown(batch.name, examples));
    toast('info', t('errors.copied', { count: groups.length }));
  } catch {
    toast('error', t('copy.failed'));
  }
}
