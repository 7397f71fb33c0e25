import { useEffect, useLayoutEffect, useRef } from 'react';
import { isScaled, scrollTopOf, settleTop } from '../table/scroller.ts';
import { rowHeight } from '../table/table-state.ts';
import { geometryOf, scrollTo, setViewport, useResults } from './results-state.ts';

/** Keeps the scrolled element and the table's place in step, both ways. */
export function useScroller(headerHeight: number) {
  const ref = useRef<HTMLDivElement>(null);
  const top = useResults((state) => state.top);
  const total = useResults((state) => state.total);

  useEffect(() => {
    const element = ref.current!;
    const measure = () => setViewport(element.clientHeight - headerHeight);
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    measure();
    const onScroll = () => {
      const state = useResults.getState();
      scrollTo(settleTop(element.scrollTop, state.top, geometryOf(state)));
    };
    const onWheel = (event: WheelEvent) => {
      const state = useResults.getState();
      // Where a pixel of the element stands for more, the wheel would skip rows.
      if (!isScaled(geometryOf(state)) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = [1, rowHeight, state.viewport][event.deltaMode] ?? 1;
      scrollTo(state.top + event.deltaY * unit);
    };
    element.addEventListener('scroll', onScroll);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [headerHeight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that became longer is scaled anew
  useLayoutEffect(() => {
    const element = ref.current!;
    const wanted = scrollTopOf(top, geometryOf(useResults.getState()));
    if (Math.abs(element.scrollTop - wanted) > 1) element.scrollTop = wanted;
  }, [top, total]);
  return ref;
}
