/** Red, green and blue, 0 to 255. */
export type Rgb = [red: number, green: number, blue: number];

/** The surfaces of `tokens.css`. */
const surfaces: Record<'light' | 'dark', Rgb> = { light: [255, 255, 255], dark: [22, 24, 29] };

/** Least contrast of text on its surface (WCAG AA). */
export const leastContrast = 4.5;

const first16: readonly Rgb[] = [
  [0, 0, 0],
  [187, 0, 0],
  [0, 136, 0],
  [170, 136, 0],
  [0, 0, 187],
  [187, 0, 187],
  [0, 136, 136],
  [204, 204, 204],
  [85, 85, 85],
  [255, 85, 85],
  [85, 221, 85],
  [255, 221, 85],
  [85, 85, 255],
  [255, 85, 255],
  [85, 221, 221],
  [255, 255, 255],
];

/** A colour of a terminal's palette of 256: 16 by name, a cube of six steps, a scale of greys. */
export function paletteColour(number: number): Rgb {
  if (number < 16) return first16[number]!;
  if (number >= 232) {
    const grey = 8 + (number - 232) * 10;
    return [grey, grey, grey];
  }
  const step = (n: number) => (n === 0 ? 0 : 55 + n * 40);
  const cube = number - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

/** The nearest shade of a colour that can be read on the theme's surface. */
export function readable(colour: Rgb, dark: boolean): Rgb {
  const surface = surfaces[dark ? 'dark' : 'light'];
  const end = dark ? 255 : 0;
  for (let share = 0; share < 1; share += 0.1) {
    const shade = colour.map((part) => Math.round(part + (end - part) * share)) as Rgb;
    if (contrast(shade, surface) >= leastContrast) return shade;
  }
  return [end, end, end];
}

/** Black or white, whichever can be read on a colour. */
export const readableInk = (back: Rgb): string =>
  contrast([0, 0, 0], back) >= contrast([255, 255, 255], back) ? '#000' : '#fff';

/** Of two colours, 1 to 21, as WCAG defines it. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
