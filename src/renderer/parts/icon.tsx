const paths = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5L14 14',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2v9.6L12.5 8z',
  stop: 'M4 4h8v8H4z',
  download: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  file: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5',
  folder: 'M1.8 12.8V3.5h4.4l1.5 1.8h6.5v7.5z',
  drop: 'M8 2v8M4.5 6.5L8 10l3.5-3.5M2 11v3h12v-3',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M13 3l-1.2 1.2M4.2 11.8L3 13',
  moon: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z',
  system: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
  keyboard: 'M1.5 4h13v8.5h-13zM4 6.8h.1M6.7 6.8h.1M9.3 6.8h.1M12 6.8h.1M5 9.8h6',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  retry: 'M13 8.8A5.2 5.2 0 1 1 11.4 4.2M11.7 1.5v3H8.7',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9',
  duplicate: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3M9.5 7.5v4M7.5 9.5h4',
  compare: 'M5.5 2.5v11M2.5 10.5l3 3 3-3M10.5 13.5v-11M7.5 5.5l3-3 3 3',
  grip: 'M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1',
  first: 'M3.5 2.5h9M8 13.5v-8M4.5 8.5L8 5l3.5 3.5',
  preset: 'M4 2h8v12l-4-3-4 3z',
  finish: 'M3.5 2v12M3.5 3h8.5l-2 2.7 2 2.8H3.5',
  bell: 'M3.5 11.5h9c-1-1-1.2-2-1.2-4.3a3.3 3.3 0 0 0-6.6 0c0 2.3-.2 3.3-1.2 4.3zM6.8 13.8h2.4M8 2.2v1.5',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4',
} as const;

export type IconName = keyof typeof paths;

/** A drawing that stands beside a word, or in a button whose name says the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
