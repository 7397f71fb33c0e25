import { ago, moment } from '../words/numbers.ts';

/** A moment: relative where it is fresh, in full where the pointer rests on it. */
export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {ago(at, Date.now())}
    </time>
  );
}
