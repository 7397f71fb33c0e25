/**
 * What a task does. `-first`: at its first execution only. The task files in `tasks` do what these words say.
 *
 * `throws`: fails, as its language does. `exit`, `kill`, `segv`: its process ends. `leak`: it takes memory until
 * there is none. `hang`: never ends, and hears nobody; `wait`: never ends, and stops when it is asked. `freeze`:
 * stops its process. `grandchild`: leaves a process behind; `family`: starts one, and then never ends.
 */
export type Behaviour =
  | 'value'
  | 'slow'
  | 'throws'
  | 'throws-first'
  | 'unstorable'
  | 'big'
  | 'prints'
  | 'exit'
  | 'kill'
  | 'kill-first'
  | 'segv'
  | 'leak'
  | 'grandchild'
  | 'hang'
  | 'hang-first'
  | 'wait'
  | 'freeze'
  | 'family';

interface Choices {
  quick: readonly Behaviour[];
  /** Those that only a timeout, or the silence of their process, can end. */
  long: readonly Behaviour[];
}

const program: Choices = {
  quick: [
    'throws',
    'throws-first',
    'unstorable',
    'big',
    'prints',
    'exit',
    'kill',
    'kill-first',
    'segv',
    'grandchild',
  ],
  long: ['hang', 'hang-first', 'wait', 'freeze', 'family'],
};
const choices: Record<string, Choices> = {
  module: { ...program, quick: [...program.quick, 'leak'] },
  python: program,
  command: {
    // Not `grandchild`: a command that ends by itself may leave something running, as with xargs.
    quick: ['throws', 'throws-first', 'big', 'prints', 'kill'],
    long: ['hang', 'hang-first', 'family'],
  },
  sleep: { quick: ['throws'], long: ['wait'] },
  builtin: { quick: ['throws'], long: [] },
};

/** What tasks of a kind can do, beside giving a value at once or after a while. */
export function behavioursOf(kind: string, builtin: string): Choices {
  return choices[kind === 'builtin' && builtin === 'sleep' ? 'sleep' : kind]!;
}

const aloneOnly: readonly Behaviour[] = [
  'exit',
  'kill',
  'kill-first',
  'segv',
  'leak',
  'hang',
  'hang-first',
  'freeze',
  'family',
];

/** False where a task can take down those that its worker runs beside it. */
export const mayShareWorker = (behaviours: Behaviour[]): boolean =>
  !behaviours.some((behaviour) => aloneOnly.includes(behaviour));
