import { useState } from 'react';
import type { Sample } from '../../shared/contract.ts';
import { Button } from '../parts/button.tsx';
import { useBatches } from '../state/batches.ts';
import { useHost } from '../state/host.ts';
import { report } from '../state/toasts.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { start } from './draft-state.ts';
import './samples.css';

/** Where there are no batches yet: ready ones, each a click away. */
export function Samples() {
  const none = useBatches(({ loaded, batches }) => loaded && batches.size === 0);
  const samples = useHost((state) => state.samples);
  if (!none || samples.length === 0) return null;
  return (
    <section className="samples" aria-label={t('samples.title')}>
      <h2>{t('samples.title')}</h2>
      <ul>
        {samples.map((sample) => (
          <SampleLine key={sample.title} sample={sample} />
        ))}
      </ul>
    </section>
  );
}

function SampleLine({ sample }: { sample: Sample }) {
  const [starting, setStarting] = useState(false);
  const run = () => {
    setStarting(true);
    start(sample.spec).catch((error: unknown) => {
      setStarting(false);
      report(error);
    });
  };
  return (
    <li className="sample">
      <div>
        <b>{said(sample.title)}</b>
        <p className="quiet">{said(sample.summary)}</p>
      </div>
      <Button
        icon="play"
        disabled={starting}
        onClick={run}
        aria-label={t('samples.run', { title: said(sample.title) })}
      >
        {t('samples.run-short')}
      </Button>
    </li>
  );
}
