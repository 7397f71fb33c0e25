import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { TaskAt } from '../../shared/contract/stats.ts';
import { timelineId } from '../keys/ids.ts';
import { useTable } from '../table/table-state.ts';
import { t } from '../words/t.ts';
import { colorsOf } from './colors.ts';
import { openAt, openFound, pointAtTask, pointAway, step } from './find-task.ts';
import { laneAt, layoutOf } from './lanes.ts';
import { momentAt, paint, topOf, xOf } from './paint.ts';
import { rangeOf } from './range.ts';
import { textsOf } from './texts.ts';
import { ticksOf } from './ticks.ts';
import { follow, moveLane, panBy, showWhole, useTimeline, zoomBy } from './timeline-state.ts';
import { TimelineTip } from './timeline-tip.tsx';
import { useSize } from './use-size.ts';
import { useTimelineData } from './use-timeline-data.ts';
import { useTokens } from './use-tokens.ts';

/** Beside the pointer, an attempt is found this far, pixels. */
const reachPixels = 2;
/** A press that moves less than this is a click, pixels. */
const clickPixels = 4;

type Point = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** The lanes of the workers, drawn: zoomed with the wheel, dragged, walked through with keys. */
export function TimelineCanvas({ batch, live }: { batch: number; live: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const tokens = useTokens();
  const shown = useTimeline((state) => state.shown);
  const drawn = useTimeline((state) => state.drawn);
  const found = useTimeline((state) => state.found);
  const opened = useTimeline((state) => state.opened);
  const lane = useTimeline((state) => state.lane);
  const [focused, setFocused] = useState(false);
  const drag = useRef<{ x: number; at: number; moved: boolean } | null>(null);
  const pointer = useRef<Point | null>(null);

  const lanes = drawn?.lanes.length ?? 0;
  const layout = useMemo(() => layoutOf(lanes, size.width, size.height), [lanes, size]);
  const range = useMemo(
    () => rangeOf(shown, drawn?.view.length ?? 0, drawn?.view.live ?? false),
    [shown, drawn],
  );
  useTimelineData(batch, Math.max(0, size.width - layout.gutter), live);

  // What is pointed at, or else what the side panel shows.
  const panelTask = useTable((state) => (state.open ? state.selection?.index : undefined));
  const marked = found?.task ?? (opened && opened.index === panelTask ? opened : null);
  const place = drawn && marked ? drawn.lanes.findIndex(({ worker }) => worker === marked.worker) : -1;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !drawn || layout.width === 0) return;
    const frame = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio;
      const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
      if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const chosen = marked && place >= 0 ? { place, ...spanOf(marked) } : null;
      const { step: tickStep, at: ticks } = ticksOf(range, layout.width - layout.gutter);
      paint(context, {
        drawn,
        layout,
        range,
        ticks,
        colors: colorsOf(tokens),
        texts: textsOf(tickStep),
        overlay: { chosen, current: focused ? lane : -1 },
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [drawn, layout, range, tokens, marked, place, lane, focused]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // React's own listener is passive: the page would scroll too.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const state = useTimeline.getState();
      const view = state.drawn?.view;
      if (!view) return;
      const bounds = element.getBoundingClientRect();
      const now = rangeOf(state.shown, view.length, view.live);
      const width = element.clientWidth;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        panBy((event.deltaX || event.deltaY) / width);
      } else {
        const at = momentAt({ ...layoutOf(0, width, 0) }, now, event.clientX - bounds.left);
        zoomBy(2 ** (-event.deltaY / 300), at);
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const spotOf = (event: Point) => {
    const bounds = canvas.current!.getBoundingClientRect();
    const x = event.clientX - bounds.left;
    const at = laneAt(layout, event.clientY - bounds.top, drawn?.lanes.length ?? 0);
    const perPixel = (range.to - range.from) / Math.max(1, layout.width - layout.gutter);
    return {
      worker: x >= layout.gutter ? drawn?.lanes[at]?.worker : undefined,
      time: momentAt(layout, range, x),
      reach: perPixel * reachPixels,
    };
  };
  const lookAt = (point: Point) => {
    const { worker, time, reach } = spotOf(point);
    if (worker === undefined || time < range.from || time > range.to) pointAway();
    else pointAtTask(worker, time, reach);
  };
  // Under a pointer that rests, the lanes of a batch that runs move on.
  const latest = useRef(lookAt);
  latest.current = lookAt;
  useEffect(() => {
    if (drawn?.view.live && pointer.current && !drag.current) latest.current(pointer.current);
  }, [drawn]);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const press = drag.current;
    if (press && (press.moved || Math.abs(event.clientX - press.x) > clickPixels)) {
      if (!press.moved) event.currentTarget.setPointerCapture(event.pointerId);
      press.moved = true;
      panBy((press.at - event.clientX) / Math.max(1, layout.width - layout.gutter));
      press.at = event.clientX;
      pointAway();
      return;
    }
    pointer.current = event;
    lookAt(event);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const press = drag.current;
    drag.current = null;
    if (!press || press.moved) return;
    const { worker, time, reach } = spotOf(event);
    if (worker !== undefined) void openAt(worker, time, reach);
  };

  return (
    <div className="timeline-box scrolls" ref={box}>
      <div
        id={timelineId}
        className="timeline-lanes"
        role="application"
        aria-label={t('timeline.title')}
        aria-describedby="timeline-summary timeline-keys"
        aria-roledescription={t('timeline.role')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        style={{ height: layout.height }}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerDown={(event) => {
          if (event.button === 0) drag.current = { x: event.clientX, at: event.clientX, moved: false };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerLeave={() => {
          pointer.current = null;
          if (!drag.current?.moved) pointAway();
        }}
      >
        <canvas
          ref={canvas}
          className="timeline-canvas"
          style={{ width: layout.width, height: layout.height }}
        />
        {found && place >= 0 && (
          <TimelineTip
            found={found}
            x={Math.max(
              layout.gutter,
              Math.min(layout.width, xOf(layout, range, found.task.from + found.task.ms / 2)),
            )}
            y={topOf(layout, place) + layout.lane}
            above={topOf(layout, place) > size.height * 0.6}
            width={size.width}
            step={ticksOf(range, layout.width - layout.gutter).step}
          />
        )}
      </div>
    </div>
  );
}

const spanOf = ({ from, ms }: TaskAt) => ({ from, to: from + ms });

/** What keys do in the timeline. */
export const timelineKeys: Record<string, () => void> = {
  ArrowLeft: () => panBy(-0.2),
  ArrowRight: () => panBy(0.2),
  PageUp: () => panBy(-0.9),
  PageDown: () => panBy(0.9),
  Home: () => panBy(Number.NEGATIVE_INFINITY),
  End: () => follow(true),
  ArrowUp: () => moveLane(-1),
  ArrowDown: () => moveLane(1),
  '+': () => zoomBy(2),
  '=': () => zoomBy(2),
  '-': () => zoomBy(0.5),
  '0': showWhole,
  f: () => follow(useTimeline.getState().shown.kind === 'fixed'),
  '[': () => void step('previous'),
  ']': () => void step('next'),
  ',': () => void step('previous'),
  '.': () => void step('next'),
  Enter: openFound,
};

function onKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = timelineKeys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
