import { type RefObject, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { t } from '../words/t.ts';
import { LogLineView } from './log-line.tsx';
import {
  type Anchor,
  anchorAt,
  type Block,
  blockLines,
  blocksBetween,
  layOut,
  topOfAnchor,
  totalHeight,
} from './log-scroller.ts';
import { lines, loadMore, setFollowing, useLog } from './log-state.ts';

/** Height of a line that is not wrapped, pixels; `log.css` says the same. */
const lineHeight = 18;
/** So far beyond what is seen blocks are drawn, and lines are loaded. */
const overscan = 400;
const loadWithin = 2000;
/** So near the end one is at it. */
const nearEnd = 8;

/** The lines themselves: of any number those that are seen are drawn. */
export function LogView({ label, dark }: { label: string; dark: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  const { blocks, drawn } = useVirtualBlocks(element);
  const search = useLog((state) => state.search?.text ?? '');
  const target = useLog((state) => state.target);
  const times = useLog((state) => state.times);
  const wrap = useLog((state) => state.wrap);
  const ofOne = useLog((state) => state.filter.task !== null);
  const top = drawn[0]?.top ?? 0;
  const bottom = totalHeight(blocks) - totalHeight(drawn);
  return (
    <div
      ref={element}
      id={logId}
      className={wrap ? 'log-view log-wraps scrolls' : 'log-view scrolls'}
      role="log"
      aria-live="off"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
      tabIndex={0}
    >
      <div className="log-lines" style={{ paddingTop: top, paddingBottom: Math.max(0, bottom) }}>
        {drawn.map((block) => (
          <div key={block.number} data-block={block.number} data-lines={block.lines.length}>
            {block.lines.map((line) => (
              <LogLineView
                key={line.seq}
                line={line}
                text={line.text}
                search={search}
                isTarget={line.seq === target?.seq}
                times={times}
                dark={dark}
                ofOne={ofOne}
              />
            ))}
          </div>
        ))}
      </div>
      <p className="hidden-text" role="status">
        {search === '' ? '' : t('log.searching-for', { text: search })}
      </p>
    </div>
  );
}

export const logId = 'log';

function useVirtualBlocks(ref: RefObject<HTMLDivElement | null>): { blocks: Block[]; drawn: Block[] } {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const version = useLog((state) => state.version);
  const wrap = useLog((state) => state.wrap);
  const following = useLog((state) => state.following);
  const target = useLog((state) => state.target);
  const heights = useRef(new Map<number, { lines: number; height: number }>());
  const anchor = useRef<Anchor | null>(null);
  const set = useRef(Number.NaN);
  const revealed = useRef(0);

  // What was measured with other widths or ways to wrap holds no more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for another way to wrap
  useMemo(() => heights.current.clear(), [wrap]);
  const held = useRef(lines);
  if (held.current !== lines) {
    held.current = lines;
    heights.current.clear();
    anchor.current = null;
  }
  const blocks = layOut(lines.lines, heights.current, lineHeight);
  const viewport = ref.current?.clientHeight ?? 800;
  // A line that a search has found comes to the middle.
  if (target && target.times !== revealed.current) {
    const number = Math.floor(target.seq / blockLines);
    const block = blocks.find((each) => each.number === number);
    if (block) {
      const at = block.lines.findIndex(({ seq }) => seq === target.seq);
      anchor.current = { block: number, offset: at * lineHeight - viewport / 2 };
    }
  }
  const top = topNow();

  function topNow(): number {
    const end = Math.max(0, totalHeight(blocks) - viewport);
    if (following || !anchor.current) return end;
    return Math.max(0, Math.min(end, topOfAnchor(blocks, anchor.current) ?? end));
  }

  const latest = useRef({ blocks, redraw });
  latest.current = { blocks, redraw };

  useEffect(() => {
    const element = ref.current!;
    let width = element.clientWidth;
    const resize = new ResizeObserver(() => {
      if (element.clientWidth !== width) heights.current.clear();
      width = element.clientWidth;
      redraw();
    });
    resize.observe(element);
    const onScroll = () => {
      // What this code itself has set is no wish of a person.
      if (Math.abs(element.scrollTop - set.current) < 2) return;
      set.current = Number.NaN;
      const { scrollTop, scrollHeight, clientHeight } = element;
      anchor.current = anchorAt(latest.current.blocks, scrollTop);
      setFollowing(scrollHeight - scrollTop - clientHeight <= nearEnd);
      if (scrollTop < loadWithin) void loadMore('before');
      if (scrollHeight - scrollTop - clientHeight < loadWithin) void loadMore('after');
      redraw();
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [ref]);

  useLayoutEffect(() => {
    const element = ref.current!;
    let changed = false;
    for (const child of element.querySelectorAll<HTMLElement>('[data-block]')) {
      const number = Number(child.dataset.block);
      const count = Number(child.dataset.lines);
      const height = child.offsetHeight;
      const known = heights.current.get(number);
      if (known?.height === height && known.lines === count) continue;
      heights.current.set(number, { lines: count, height });
      if ((known?.height ?? count * lineHeight) !== height) changed = true;
    }
    if (target && target.times !== revealed.current) {
      const line = element.querySelector<HTMLElement>('[data-target]');
      if (line) {
        revealed.current = target.times;
        const middle = line.offsetTop + line.offsetHeight / 2 - element.clientHeight / 2;
        anchor.current = anchorAt(layOut(lines.lines, heights.current, lineHeight), middle);
        changed = true;
      }
    }
    if (changed) {
      redraw();
      return;
    }
    const wanted = Math.round(topNow());
    if (Math.abs(element.scrollTop - wanted) > 1) {
      element.scrollTop = wanted;
      set.current = element.scrollTop;
    }
  });

  // Where little is held, more is loaded without anybody's scrolling.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at with each change of the lines
  useEffect(() => {
    if (totalHeight(blocks) < viewport + loadWithin && useLog.getState().older) void loadMore('before');
  }, [version]);

  return { blocks, drawn: blocksBetween(blocks, top - overscan, top + viewport + overscan) };
}
