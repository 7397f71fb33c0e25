import type { WorkerView } from '../../shared/views.ts';
import { Quiet } from '../parts/quiet.tsx';
import { useNow } from '../state/now.ts';
import { placeHash } from '../state/place.ts';
import { pathParts } from '../table/path-parts.ts';
import { bytes, duration, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** One worker: what it runs and for how long, its CPU time and memory. */
export function WorkerRow({ worker }: { worker: WorkerView }) {
  const { number, batch, pid, done, input } = worker;
  const tip = t('workers.tip', {
    number,
    pid: String(pid ?? '–'),
    count: done,
    input: input ?? '',
  });
  const content = <Content worker={worker} />;
  return (
    <li>
      {batch === null ? (
        <div className="worker-row" title={tip}>
          {content}
        </div>
      ) : (
        <a className="worker-row" href={placeHash({ screen: 'batch', batch, tab: 'tasks' })} title={tip}>
          {content}
        </a>
      )}
    </li>
  );
}

function Content({ worker }: { worker: WorkerView }) {
  const { number, state, input, since, cpu, memoryBytes, printedAt } = worker;
  const busy = state === 'busy';
  const now = useNow(busy);
  return (
    <>
      <span className="worker-number">{number}</span>
      <span className={busy ? 'worker-what' : 'worker-what worker-idle'}>
        {busy && input !== null ? shortInput(input) : t(`workers.state.${state}`)}
      </span>
      <span className="worker-time">
        {busy && <Quiet printedAt={printedAt} onlySuspicious />}
        {busy && since !== null && duration(Math.max(1, now - since))}
      </span>
      <span className="worker-load">
        <span>{cpu === null ? '–' : percent(cpu)}</span>
        <span className="worker-cpu" aria-hidden="true">
          <span style={{ width: `${Math.min(1, cpu ?? 0) * 100}%` }} />
        </span>
        <span className="worker-memory">{memoryBytes === null ? '–' : bytes(memoryBytes)}</span>
      </span>
    </>
  );
}

/** An input in few characters: of a path, its last part. */
const shortInput = (input: string): string => pathParts(input)?.name ?? input;
