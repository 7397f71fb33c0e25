import { PoolboardError } from '../shared/errors.ts';

/** Wrong usage of the command line: one sentence on standard error, exit status 2. */
export const usageError = (sentence: string): PoolboardError => new PoolboardError('USAGE', sentence);

/** An option or a command that is declared but does nothing in this version. */
export const notYet = (what: string): PoolboardError =>
  new PoolboardError('NOT_YET', `${what} is not yet there in this version of Poolboard.`);
