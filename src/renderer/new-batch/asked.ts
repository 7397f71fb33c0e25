import type { ErrorInfo } from '../../shared/errors.ts';
import { CallError } from '../../shared/rpc.ts';

/** What is known of something that the host was asked. */
export type Asked<Answer> =
  | { state: 'nothing' }
  | { state: 'asking'; before: Answer | null }
  | { state: 'answered'; answer: Answer }
  | { state: 'refused'; error: ErrorInfo };

/**
 * Asks the host about something that changes as one types: waits until it has stayed the same for `delayMs`,
 * and drops answers to what was asked before.
 */
export function createAsker<Question, Answer>(
  call: (question: Question) => Promise<Answer>,
  tell: (asked: Asked<Answer>) => void,
): (question: Question | null, delayMs: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let number = 0;
  let before: Answer | null = null;

  return (question, delayMs) => {
    clearTimeout(timer);
    const mine = ++number;
    if (question === null) {
      before = null;
      tell({ state: 'nothing' });
      return;
    }
    tell({ state: 'asking', before });
    timer = setTimeout(async () => {
      const asked = await call(question).then(
        (answer): Asked<Answer> => ({ state: 'answered', answer }),
        (error: unknown): Asked<Answer> => ({ state: 'refused', error: infoOf(error) }),
      );
      if (mine !== number) return;
      before = asked.state === 'answered' ? asked.answer : null;
      tell(asked);
    }, delayMs);
  };
}

export const infoOf = (error: unknown): ErrorInfo =>
  error instanceof CallError ? error.info : { name: 'Error', message: String(error) };
