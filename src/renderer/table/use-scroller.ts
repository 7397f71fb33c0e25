import { useEffect, useLayoutEffect, useRef } from 'react';
import { type Geometry, isScaled, scrollTopOf, settleTop } from './scroller.ts';

/** Where a table stands, kept outside of what is drawn of it. */
export interface ScrolledPlace {
  geometry: () => Geometry;
  /** Pixels above the first row that is seen. */
  top: () => number;
  scrollTo: (top: number) => void;
  setViewport: (height: number) => void;
}

interface ScrollerOptions {
  /** The same one each time. */
  place: ScrolledPlace;
  /** Height of the column names, pixels: they cover the top of what is scrolled. */
  headerHeight: number;
  /** The place's `top` and number of rows, as they are drawn now. */
  top: number;
  total: number | null;
  /** The table is wider than its window: with Shift the wheel goes sideways. */
  isWide?: boolean;
}

/** Keeps the scrolled element and the table's place in step, both ways. */
export function useScroller({ place, headerHeight, top, total, isWide = false }: ScrollerOptions) {
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = ref.current!;
    const measure = () => place.setViewport(element.clientHeight - headerHeight);
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    measure();
    const onScroll = () => place.scrollTo(settleTop(element.scrollTop, place.top(), place.geometry()));
    const onWheel = (event: WheelEvent) => {
      const geometry = place.geometry();
      const isElsewhere = event.ctrlKey || (isWide && event.shiftKey) || event.deltaY === 0;
      // Where a pixel of the element stands for more, the wheel would skip rows.
      if (!isScaled(geometry) || isElsewhere) return;
      event.preventDefault();
      const unit = [1, geometry.rowHeight, geometry.viewport][event.deltaMode] ?? 1;
      place.scrollTo(place.top() + event.deltaY * unit);
    };
    element.addEventListener('scroll', onScroll);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [place, headerHeight, isWide]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that became longer is scaled anew
  useLayoutEffect(() => {
    const element = ref.current!;
    const wanted = scrollTopOf(top, place.geometry());
    if (Math.abs(element.scrollTop - wanted) > 1) element.scrollTop = wanted;
  }, [top, total]);
  return ref;
}
