import { useEffect, useMemo, useRef, useState } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { useHost } from '../state/host.ts';
import { placeHash } from '../state/place.ts';
import { percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { colorsOf } from './colors.ts';
import { type Drawn, drawnOf, type Layout } from './lanes.ts';
import { paintStrip } from './paint.ts';
import { rangeOf } from './range.ts';
import { textsOf } from './texts.ts';
import { useSize } from './use-size.ts';
import { useTokens } from './use-tokens.ts';
import './timeline-strip.css';

/** Milliseconds from an answer to the next question. */
const againMs = 500;
/** Of more workers than this, the first ones are shown. */
const mostLanes = 16;
/** Of all lanes together, and of one; pixels. */
const mostHeight = 56;
const mostLane = 16;

/** The whole batch as a few narrow lanes under its tasks; opens the timeline. */
export function TimelineStrip({ batch }: { batch: BatchSummary }) {
  const box = useRef<HTMLAnchorElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const live = !hasEnded(batch.state);
  // Its padding is not the canvas's.
  const width = Math.max(0, useSize(box).width - 32);
  const tokens = useTokens();
  const size = useHost((state) => state.pool?.size ?? 1);
  const drawn = useStrip(batch.id, width, live);
  // While nothing is known, the room that it will take: what is above does not jump.
  const expected = Math.min(batch.spec.options.workers ?? size, size);
  const lanes = Math.min(mostLanes, drawn ? drawn.lanes.length || (live ? expected : 0) : expected);
  const layout = useMemo((): Layout => {
    const each = Math.max(3, Math.min(mostLane, Math.floor(mostHeight / Math.max(1, lanes))));
    return {
      width,
      gutter: 84,
      axis: 0,
      lane: each - (each > 6 ? 4 : 1),
      gap: each > 6 ? 4 : 1,
      height: lanes * each,
    };
  }, [width, lanes]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !drawn || layout.width === 0 || layout.height === 0) return;
    const ratio = window.devicePixelRatio;
    Object.assign(element, {
      width: Math.round(layout.width * ratio),
      height: Math.round(layout.height * ratio),
    });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintStrip(context, {
      drawn: { ...drawn, lanes: drawn.lanes.slice(0, mostLanes) },
      layout,
      range: rangeOf({ kind: 'whole' }, drawn.view.length, drawn.view.live),
      ticks: [],
      colors: colorsOf(tokens),
      texts: textsOf(1000),
      overlay: { chosen: null, current: -1 },
    });
  }, [drawn, layout, tokens]);

  const busy = drawn
    ? drawn.lanes.reduce((sum, lane) => sum + lane.busy, 0) / Math.max(1, drawn.lanes.length)
    : 0;
  return (
    <a
      ref={box}
      className="timeline-strip"
      hidden={lanes === 0}
      href={placeHash({ screen: 'batch', batch: batch.id, tab: 'timeline' })}
      title={t('timeline.open-tip')}
    >
      <span className="hidden-text">{t('timeline.open', { count: lanes, busy: percent(busy) })}</span>
      <canvas ref={canvas} style={{ width: layout.width, height: layout.height }} />
    </a>
  );
}

function useStrip(batch: BatchId, width: number, live: boolean): Drawn | null {
  const [found, setFound] = useState<{ batch: BatchId; drawn: Drawn } | null>(null);
  useEffect(() => {
    if (width === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async () => {
      const pixels = Math.max(1, width);
      // The connection bar says why there is no answer; it is asked again.
      const view = await client.stats.timeline({ batch, from: 0, to: null, pixels }).catch(() => null);
      if (over) return;
      if (view) setFound({ batch, drawn: drawnOf(view) });
      if (live || !view) timer = setTimeout(ask, againMs);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [batch, width, live]);
  return found?.batch === batch ? found.drawn : null;
}
