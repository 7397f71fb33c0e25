import Anser from 'anser';
import { paletteColour, type Rgb, readable, readableInk } from './colours.ts';

/** A part of a line that looks the same. */
export interface Styled {
  text: string;
  /** One of the eight colours of a terminal, bright or not; its shade is the theme's. */
  colour: string | null;
  /** Exact colours, as CSS has them. */
  ink: string | null;
  back: string | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const colourCodes = /\u001b\[[\d;:]*m/g;
const otherEscapes =
  /\u001b(?:\[[0-?]*[ -/]*[@-ln-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-OQ-WYZ\\`-~])/g;
const controls = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;
const anyControl = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const endsColours = /^\u001b\[0*(?:m|;)/;
const onlyEndsColours = /^\u001b\[0*m$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** A line as a terminal leaves it: what a carriage return writes over is gone, and all escapes but those for colours. */
export function plainLine(text: string): string {
  if (!anyControl.test(text)) return text;
  const kept = text.replace(/\r+$/, '').replaceAll(otherEscapes, '');
  return kept.slice(kept.lastIndexOf('\r') + 1).replaceAll(controls, '');
}

/** The colours that hold behind a text, where `before` held at its start: codes, to stand before what follows. */
export function coloursAfter(text: string, before: string): string {
  if (!text.includes('\u001b')) return before;
  let codes = before;
  for (const [code] of text.matchAll(colourCodes)) {
    if (onlyEndsColours.test(code)) codes = '';
    else codes = endsColours.test(code) ? code : codes + code;
  }
  // One that only ever adds codes does not say more with thousands of them.
  return codes.length > 200 ? codes.slice(codes.indexOf('\u001b', codes.length - 200)) : codes;
}

/** The parts of a line, by their colours. */
export function styled(text: string, before: string, dark: boolean): Styled[] {
  if (before === '' && !text.includes('\u001b')) return text === '' ? [] : [{ ...plain, text }];
  const options = { json: true, remove_empty: true, use_classes: true } as const;
  return Anser.ansiToJson(before + text, options).map(
    ({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }) => {
      const has = (name: (typeof decorations)[number]) => decorations.includes(name);
      const back = rgbOf(bg, bg_truecolor);
      const ink = named(fg) ? null : rgbOf(fg, fg_truecolor);
      return {
        text: content.replaceAll('\u001b', ''),
        colour: back ? null : named(fg),
        ink: back ? readableInk(back) : ink && css(readable(ink, dark)),
        back: back && css(back),
        bold: has('bold'),
        dim: has('dim'),
        italic: has('italic'),
        underline: has('underline'),
        strike: has('strikethrough'),
      };
    },
  );
}

const plain: Omit<Styled, 'text'> = {
  colour: null,
  ink: null,
  back: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const named = (colour: string | null): string | null => {
  const name = colour?.replace(/^ansi-(?:bright-)?/, '') ?? '';
  return names.includes(name) ? name : null;
};

function rgbOf(colour: string | null, exact: string | null): Rgb | null {
  if (!colour) return null;
  if (colour === 'ansi-truecolor') {
    const parts = (exact ?? '').split(',').map((part) => Math.min(255, Math.max(0, Number(part) || 0)));
    return parts.length === 3 ? (parts as Rgb) : null;
  }
  const number = /^ansi-palette-(\d+)$/.exec(colour)?.[1];
  const at = names.indexOf(colour.replace(/^ansi-(?:bright-)?/, ''));
  if (number === undefined) return at < 0 ? null : paletteColour(colour.includes('bright') ? at + 8 : at);
  return paletteColour(Number(number));
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
