import type { ResultColumn } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';

/** Columns that are shown where nobody has chosen: more are hard to find one's way in. */
const standardInputs = 6;
const standardValues = 16;

/** The columns that are shown at first: the index, and the first of inputs and results. */
export function standardColumns(columns: readonly ResultColumn[]): string[] {
  const of = (part: ResultColumn['of']) => columns.filter((column) => column.of === part);
  const [index] = of('task');
  const shown = [...of('input').slice(0, standardInputs), ...of('value').slice(0, standardValues)];
  return [...(index ? [index] : []), ...shown].map(({ id }) => id);
}

const key = 'poolboard.results.columns';
/** Batches whose choices are remembered. */
const maxBatches = 200;

type Choices = [batch: BatchId, columns: string[]][];

export const rememberedColumns = (batch: BatchId): string[] | null =>
  read().find(([each]) => each === batch)?.[1] ?? null;

export function rememberChosen(batch: BatchId, columns: readonly string[]): void {
  write([...read().filter(([each]) => each !== batch), [batch, [...columns]]]);
}

export function forgetChosen(batch: BatchId): void {
  write(read().filter(([each]) => each !== batch));
}

function read(): Choices {
  try {
    const choices: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(choices) ? choices.filter(isChoice) : [];
  } catch {
    return [];
  }
}

const isChoice = (choice: unknown): choice is Choices[number] =>
  Array.isArray(choice) &&
  typeof choice[0] === 'number' &&
  Array.isArray(choice[1]) &&
  choice[1].every((id) => typeof id === 'string');

function write(choices: Choices): void {
  try {
    localStorage.setItem(key, JSON.stringify(choices.slice(-maxBatches)));
  } catch {
    // Storage that is full or off: it is not remembered, and nothing else.
  }
}
