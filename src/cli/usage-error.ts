import { PoolboardError } from '../shared/errors.ts';

/** Wrong usage of the command line: one sentence on standard error, exit status 2. */
export const usageError = (sentence: string): PoolboardError => new PoolboardError('USAGE', sentence);
