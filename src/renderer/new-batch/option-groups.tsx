import { retriedOutcomes } from '../../shared/batch.ts';
import { t } from '../words/t.ts';
import { useDraft } from './draft-state.ts';
import { Choice, NumberField, NumberOption, Option, setOptions } from './option-row.tsx';
import { wholeNumber } from './read.ts';

/** How long an attempt may take: in seconds, or measured by how long others took. */
export function TimeoutOption({ problem }: { problem: string | undefined }) {
  const unit = useDraft((state) => state.draft.options.timeoutUnit);
  return (
    <Option
      label={t('options.timeout')}
      hint={t(unit === 'seconds' ? 'options.timeout-hint' : 'options.timeout-percent-hint')}
      problem={problem}
    >
      {(field) => (
        <>
          <NumberField name="timeout" placeholder={t('options.none')} field={field} />
          <Choice
            label={t('options.timeout-unit')}
            value={unit}
            choices={[
              ['seconds', t('options.unit.seconds')],
              ['percent', t('options.unit.percent')],
            ]}
            onChange={(timeoutUnit) => setOptions({ timeoutUnit })}
          />
        </>
      )}
    </Option>
  );
}

/** How often, after what and how soon a task is attempted again. */
export function RetryOptions({ problems }: { problems: Record<string, string> }) {
  const { retries, retryOn } = useDraft((state) => state.draft.options);
  return (
    <>
      <NumberOption
        name="retries"
        label={t('options.retries')}
        hint={t('options.retries-hint')}
        placeholder="0"
        problem={problems.retries}
      />
      {(wholeNumber(retries) ?? 0) > 0 && (
        <>
          <div className="option">
            <span id="retry-on">{t('options.retry-on')}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: its name stands beside it, not in it */}
            <div className="option-fields" role="group" aria-labelledby="retry-on">
              {retriedOutcomes.map((outcome) => (
                <label key={outcome} className="check">
                  <input
                    type="checkbox"
                    checked={retryOn.includes(outcome)}
                    onChange={(event) =>
                      setOptions({
                        retryOn: event.target.checked
                          ? [...retryOn, outcome]
                          : retryOn.filter((other) => other !== outcome),
                      })
                    }
                  />
                  {t(`retry-on.${outcome}`)}
                </label>
              ))}
              {problems.retryOn && <p className="field-problem">{problems.retryOn}</p>}
            </div>
          </div>
          <NumberOption
            name="retryDelaySeconds"
            label={t('options.retry-delay')}
            hint={t('options.retry-delay-hint')}
            placeholder="1"
            problem={problems.retryDelaySeconds}
          />
        </>
      )}
    </>
  );
}

/** When to stop before all tasks are done, and what becomes of those that run then. */
export function HaltOption({ problem }: { problem: string | undefined }) {
  const { haltOn, haltUnit, haltWhen } = useDraft((state) => state.draft.options);
  const never = haltOn === 'never';
  return (
    <Option
      label={t('options.halt')}
      hint={t(never ? 'options.halt-hint' : 'options.halt-rest-hint')}
      problem={problem}
    >
      {(field) => (
        <>
          <Choice
            field={{ ...field, 'aria-invalid': false }}
            value={haltOn}
            choices={[
              ['never', t('options.halt.never')],
              ['fail', t('options.halt.fail')],
              ['success', t('options.halt.success')],
              ['done', t('options.halt.done')],
            ]}
            onChange={(value) => setOptions({ haltOn: value })}
          />
          {!never && (
            <>
              <NumberField
                name="haltLimit"
                narrow
                placeholder={haltUnit === 'tasks' ? '1' : '10'}
                field={{ 'aria-label': t('options.halt-limit'), 'aria-invalid': problem !== undefined }}
              />
              <Choice
                label={t('options.halt-unit')}
                value={haltUnit}
                choices={[
                  ['tasks', t('options.halt.tasks')],
                  ['percent', t('options.halt.percent')],
                ]}
                onChange={(value) => setOptions({ haltUnit: value })}
              />
              <Choice
                label={t('options.halt-when')}
                value={haltWhen}
                choices={[
                  ['soon', t('options.halt.soon')],
                  ['now', t('options.halt.now')],
                ]}
                onChange={(value) => setOptions({ haltWhen: value })}
              />
            </>
          )}
        </>
      )}
    </Option>
  );
}
