import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { ElectronHost } from './host.ts';

type Evaluate = ElectronHost['evaluate'];

/** What stands in the place of a person before a native dialog; the same in Electron and in its double. */
export function answersOf(evaluate: Evaluate) {
  return {
    async exportTo(file: string, act: () => Promise<void>): Promise<void> {
      await evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, file);
      await act();
      // An export appears whole or not at all.
      await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    },
    async pick(filePaths: string[], act: () => Promise<void>): Promise<void> {
      await evaluate(({ dialog }, paths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: paths });
      }, filePaths);
      await act();
    },
    /** Answers each question of the app with the button of this number. */
    async answerQuestions(button: number): Promise<void> {
      await evaluate(({ dialog }, response) => {
        const asked: string[] = [];
        Object.assign(globalThis, { questionsAsked: asked });
        dialog.showMessageBox = (async (...given: unknown[]) => {
          asked.push((given.at(-1) as { message: string }).message);
          return { response, checkboxChecked: false };
        }) as typeof dialog.showMessageBox;
      }, button);
    },
    questionsAsked: (): Promise<string[]> =>
      evaluate(() => (globalThis as unknown as { questionsAsked: string[] }).questionsAsked),
  };
}
