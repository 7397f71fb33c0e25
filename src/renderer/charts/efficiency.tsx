import { type Efficiency, losses } from '../../shared/contract/stats.ts';
import { decimals } from '../timeline/decimals.ts';
import { duration, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './efficiency.css';

/** How much of the workers' time tasks used, in one figure, and what the rest was lost to. */
export function EfficiencyBlock({ efficiency }: { efficiency: Efficiency }) {
  const { busy, lost, workers, ms } = efficiency;
  const parts = [
    { name: 'busy' as const, share: busy },
    ...losses.map((name) => ({ name, share: lost[name] })),
  ];
  return (
    <section className="efficiency" aria-label={t('charts.efficiency')}>
      <div className="efficiency-head">
        <b className="efficiency-figure" data-testid="efficiency">
          {shareText(busy)}
        </b>
        <p>
          {t('charts.efficiency-of', {
            workers: decimals(workers, Number.isInteger(Math.round(workers * 10) / 10) ? 0 : 1),
            time: duration(ms),
          })}
        </p>
      </div>
      <div className="efficiency-bar" aria-hidden="true">
        {parts.map(({ name, share }) => (
          <span
            key={name}
            className={`efficiency-${name}`}
            style={{ flexGrow: share }}
            hidden={share < 0.0005}
          />
        ))}
      </div>
      <ul className="efficiency-parts">
        {parts.map(({ name, share }) => (
          <li key={name} title={t(`charts.tip.${name}`)} className={share < 0.0005 ? 'efficiency-none' : ''}>
            <span className={`efficiency-swatch efficiency-${name}`} />
            {t(`charts.part.${name}`)} <b>{shareText(share)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A small share is not said to be nothing, and all but a small share not to be all. */
function shareText(share: number): string {
  if (share > 0.0005 && share < 0.01) return t('charts.under', { value: percent(0.01) });
  return percent(share > 0.9995 ? 1 : Math.min(0.99, share + 0.005));
}
