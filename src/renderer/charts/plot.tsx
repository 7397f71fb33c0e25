import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Series } from '../../shared/contract/stats.ts';
import { momentText } from '../timeline/ticks.ts';
import { useSize } from '../timeline/use-size.ts';
import { type Tokens, useTokens } from '../timeline/use-tokens.ts';
import './plot.css';

/** One line of a chart. */
export interface Line {
  key: string;
  label: string;
  values: Series;
  /** The token of its colour. */
  color: string;
  width?: number;
  dash?: number[];
  /** Where it has no value there is none: it is not drawn across. */
  gaps?: boolean;
  /** The area below it is filled. */
  filled?: boolean;
}

export interface PlotProps {
  title: string;
  /** What the chart says, in a sentence. */
  summary: string;
  /** Run time of each point, milliseconds. */
  at: number[];
  lines: Line[];
  format: (value: number) => string;
  /** Each step of the scale is ten times the one before. */
  logarithmic?: boolean;
  /** The scale goes up to this at least. */
  least?: number;
  /** What stands beside the scale, where that is not the value as it is written elsewhere. */
  tick?: (value: number) => string;
}

const plotHeight = 150;

/** A chart of lines over the run time of a batch, with the values of the moment that is pointed at. */
export function Plot({ title, summary, at, lines, format, ...scale }: PlotProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = pointed ?? at.length - 1;
  return (
    <figure className="plot" aria-label={title}>
      <figcaption className="plot-head">
        <h2>{title}</h2>
        <ul className="plot-legend">
          {lines.map((line) => (
            <li key={line.key}>
              <span
                className="plot-key"
                style={{ borderTop: `${line.dash ? '2px' : '3px'} ${strokeOf(line)} var(${line.color})` }}
              />
              {line.label} <b>{valueText(line, shown, pointed === null, format)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      {/* Lines that come or go make another chart. */}
      <Drawing
        key={lines.map(({ key }) => key).join(' ')}
        at={at}
        lines={lines}
        format={format}
        onPoint={setPointed}
        {...scale}
      />
      <p className="hidden-text">{summary}</p>
    </figure>
  );
}

interface DrawingProps extends Omit<PlotProps, 'title' | 'summary'> {
  onPoint: (point: number | null) => void;
}

function Drawing({
  at,
  lines,
  format,
  logarithmic = false,
  least = 0,
  tick = format,
  onPoint,
}: DrawingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const { width } = useSize(box);
  const tokens = useTokens();
  const ready = width > 0;
  // What the chart reads whenever it draws, without being made anew.
  const latest = useRef({ lines, tick, least, width, onPoint });
  latest.current = { lines, tick, least, width, onPoint };

  useEffect(() => {
    const element = box.current;
    if (!element || !ready) return;
    const empty = [[], ...latest.current.lines.map(() => [])] as uPlot.AlignedData;
    const made = new uPlot(optionsOf(tokens, logarithmic, latest), empty, element);
    setPlot(made);
    return () => {
      setPlot(null);
      made.destroy();
    };
  }, [ready, logarithmic, tokens]);

  useEffect(() => {
    if (width > 0) plot?.setSize({ width, height: plotHeight });
  }, [plot, width]);

  useEffect(() => {
    plot?.setData([at, ...lines.map(({ values }) => values)] as uPlot.AlignedData);
  }, [plot, at, lines]);

  return <div ref={box} className="plot-box" style={{ height: plotHeight }} aria-hidden="true" />;
}

const strokeOf = ({ dash }: Line): string => (dash ? (dash[0]! > 2 ? 'dashed' : 'dotted') : 'solid');

/** The value at a point; at the end, the last one that there is. */
function valueText({ values }: Line, at: number, isLast: boolean, format: (value: number) => string): string {
  let value = values[at];
  for (let i = at; isLast && value == null && i >= 0; i--) value = values[i];
  return value == null ? '–' : format(value);
}

type Latest = {
  current: Required<Pick<DrawingProps, 'lines' | 'tick' | 'least' | 'onPoint'>> & { width: number };
};

function optionsOf(token: Tokens, logarithmic: boolean, latest: Latest): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: token('--ink-2'),
    font: `11px ${token('--font')}`,
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: latest.current.width,
    height: plotHeight,
    legend: { show: false },
    padding: [8, 20, 0, 0],
    cursor: { sync: { key: 'poolboard' }, points: { size: 6 }, drag: { x: false, y: false }, y: false },
    scales: {
      x: { time: false, range: (_, __, max) => [0, Math.max(1000, max ?? 1000)] },
      y: logarithmic
        ? { distr: 3 }
        : { range: (_, __, max) => [0, Math.max(latest.current.least, (max ?? 0) * 1.1) || 1] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        // Clear of the lowest label of the other scale.
        gap: 9,
        space: 80,
        incrs: increments,
        values: (_, splits, __, ___, step) => splits.map((ms) => momentText(ms, step)),
      },
      {
        ...axis,
        size: 64,
        gap: 6,
        space: 28,
        ...(logarithmic && {
          splits: (_, __, min, max) => powersOfTen(min, max),
          filter: (_, splits) => splits,
        }),
        values: (_, splits) => splits.map((value) => (value == null ? null : latest.current.tick(value))),
      },
    ],
    series: [
      {},
      ...latest.current.lines.map(
        (line): uPlot.Series => ({
          label: line.label,
          stroke: token(line.color),
          width: line.width ?? 1.5,
          dash: line.dash,
          fill: line.filled ? `color-mix(in srgb, ${token(line.color)} 14%, transparent)` : undefined,
          // A point between two gaps has no line.
          points: { show: line.gaps ?? false, size: 3, filter: (plot, index) => lonely(plot.data[index]!) },
          spanGaps: !line.gaps,
        }),
      ),
    ],
    hooks: { setCursor: [({ cursor }) => latest.current.onPoint(cursor.idx ?? null)] },
  };
}

/** The places of values without one beside them. */
function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) places.push(i);
  }
  return places;
}

/** Of a scale on which each step is ten times the one before, a few that are shown. */
function powersOfTen(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const by = Math.max(1, Math.ceil((last - first + 1) / 5));
  const found: number[] = [];
  for (let power = first; power <= last; power += by) found.push(10 ** power);
  return found;
}

const increments = [
  ...[-2, -1, 0, 1, 2].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * 3_600_000),
];
