import { useEffect, useState } from 'react';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { download } from '../download.ts';
import { cancelExport, nextExport } from '../exports/exporting.ts';
import { Button } from '../parts/button.tsx';
import { report, toast } from '../state/toasts.ts';
import { percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** Takes all attempts away as a trace; while that goes on it says how far it is, and cancels it. */
export function TraceButton({ batch, disabled }: { batch: BatchId; disabled: boolean }) {
  const [running, setRunning] = useState<{ number: number; share: number } | null>(null);
  const number = running?.number ?? null;

  useEffect(() => {
    if (number === null) return;
    return client.exports.on.progress((progress) => {
      if (progress.number !== number) return;
      setRunning({ number, share: progress.rows / Math.max(1, progress.total ?? 1) });
    });
  }, [number]);

  const start = async () => {
    const own = nextExport();
    setRunning({ number: own, share: 0 });
    try {
      const outcome = await client.stats.trace({ batch, number: own });
      if (outcome.kind === 'saved')
        toast('info', t('timeline.trace-saved', { count: outcome.rows, path: outcome.path }));
      else if (outcome.kind === 'download') download(outcome.url, outcome.name);
    } catch (error) {
      report(error);
    }
    setRunning(null);
  };

  if (running) {
    return (
      <Button icon="close" onClick={() => cancelExport(running.number)}>
        {t('timeline.trace-cancel', { percent: percent(running.share) })}
      </Button>
    );
  }
  return (
    <Button icon="download" disabled={disabled} title={t('timeline.trace-tip')} onClick={() => void start()}>
      {t('timeline.trace')}
    </Button>
  );
}
