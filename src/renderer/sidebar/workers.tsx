import { useHost } from '../state/host.ts';
import { t } from '../words/t.ts';
import { PoolSize } from './pool-size.tsx';
import { WorkerRow } from './worker-row.tsx';
import './workers.css';

/** The pool: its size, and what each worker does. Always in view. */
export function Workers() {
  const pool = useHost((state) => state.pool);
  if (!pool) return null;
  return (
    <section className="workers" aria-label={t('workers.title')}>
      <header className="workers-head">
        <div>
          <h3>{t('workers.count', { running: pool.workers.length, size: pool.size })}</h3>
          <p className="pool-cores">{t('workers.cores', { count: pool.cores })}</p>
        </div>
        <PoolSize size={pool.size} />
      </header>
      {pool.workers.length === 0 ? (
        <p className="workers-none quiet">{t('workers.none')}</p>
      ) : (
        <ul className="workers-rows scrolls">
          {pool.workers.map((worker) => (
            <WorkerRow key={worker.number} worker={worker} />
          ))}
        </ul>
      )}
    </section>
  );
}
