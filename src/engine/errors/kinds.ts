import type { FailedOutcome } from '../../shared/contract/errors.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import { type ErrorKind, keyOfKind, kindOfError } from './kind-of-error.ts';

export type { ErrorKind } from './kind-of-error.ts';

/** Errors that are remembered: very many tasks fail with the very same one. */
const mostRemembered = 5000;

interface Known {
  kind: ErrorKind;
  /** Equal for equal kinds. */
  text: string;
}

/** Finds the kinds of many errors, quickly. */
export class Kinds {
  readonly #known = new Map<string, Known>();
  readonly #keys = new Map<string, string>();

  of(error: ErrorInfo, outcome: FailedOutcome): Known {
    // All that a kind is made of. Below its first line a stack is the same wherever the place is.
    const { name, message, code, place, stack = '' } = error;
    const frames = stack.slice(Math.max(0, stack.indexOf('\n    at ')));
    const parts = [outcome, name, code, message, place?.file, place?.line, frames].join('\0');
    const known = this.#known.get(parts);
    if (known) return known;
    const kind = kindOfError(error, outcome);
    const text = textOf(kind);
    if (this.#known.size >= mostRemembered) this.#known.clear();
    const found = { kind, text };
    this.#known.set(parts, found);
    return found;
  }

  keyOf(kind: ErrorKind): string {
    const text = textOf(kind);
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    if (this.#keys.size >= mostRemembered) this.#keys.clear();
    const key = keyOfKind(kind);
    this.#keys.set(text, key);
    return key;
  }
}

const textOf = ({ outcome, name, code, shape, place }: ErrorKind): string =>
  [outcome, name, code, shape, place?.file, place?.line].join('\0');
