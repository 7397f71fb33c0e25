import { type NativeImage, nativeImage } from 'electron';

/** The app's drawing in 16 and 32 pixels; on macOS its shape alone, which the system colours. */
const drawings = {
  colour: [
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQBAMAAADt3eJSAAAAMFBMVEVOUrdPUbdOUbhMaXFPUrhPUrj///9PUriho9mtrt6dn9iChM1bXr37+/2kpdr19fuD93wLAAAABnRSTlPKS/kA+FC9ljB3AAAACXBIWXMAABYlAAAWJQFJUiTwAAAAV0lEQVQI12MwZCoHAgVhBvFyMChlYIcwChjUT3UAwZoShvJlaUCQVc5Qfm4mELwBMqCAoXxvWlrudhQGXOpURzeEsSwtH8xQPzdzNpAuQVgBtbSQAeYMAGhVOhZFtrDYAAAAAElFTkSuQmCC',
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgBAMAAACBVGfHAAAAMFBMVEVMaXFPUbhPUbhRUbdPUbhOUbhPUrdOUblOUrdOUbdNULdOUrf///9PUrjt7fiDhs337CCMAAAADHRSTlMA84MVzvH+VM9VUtAB/Cb0AAAACXBIWXMAACxLAAAsSwGlPZapAAAAi0lEQVQoz2NgYNaQvQsFF50MGBgYpt5FAuEMDJy5yALXChhM76KAYAZdVIFLDHtRBa4wyKIKXGW4e/f+mzNQcO7v3btAgXtn4OAtdgEMLaiAKAGoGSAD7qLY8hanAIYWcq19jyQAtuUcPgE0LbHoQdiLHsgY0YARUeyoUbmAgaEUWSAKGPvMKijJAQBPJJ1Dj/bHlAAAAABJRU5ErkJggg==',
  ],
  shape: [
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQBAMAAADt3eJSAAAAD1BMVEVMaXEAAAAAAAAAAAAAAACF6eB8AAAABHRSTlMASvnDCY2ncgAAAAlwSFlzAAAWJQAAFiUBSVIk8AAAACBJREFUCNdjYMANGFVcgMBJAMHAocYAmYFVjTMqAzcAAB9IBqlyQiIxAAAAAElFTkSuQmCC',
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgBAMAAACBVGfHAAAAD1BMVEVMaXEAAAAAAAAAAAAAAACF6eB8AAAABHRSTlMATOXkTn0z9gAAAAlwSFlzAAAsSwAALEsBpT2WqQAAADhJREFUKM9jYKAPYFRxgQMnAaAAswsSMMAmgKGFqu5QhArArXXGJYChhXruQDKRGcVObAIYWugBAJ3JG/XgSafjAAAAAElFTkSuQmCC',
  ],
} as const;

export function trayIcon(platform: NodeJS.Platform = process.platform): NativeImage {
  const [small, large] = platform === 'darwin' ? drawings.shape : drawings.colour;
  const image = nativeImage.createFromDataURL(`data:image/png;base64,${small}`);
  image.addRepresentation({ scaleFactor: 2, dataURL: `data:image/png;base64,${large}` });
  if (platform === 'darwin') image.setTemplateImage(true);
  return image;
}
