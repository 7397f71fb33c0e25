import { strict } from './strict.ts';

/*
 * No person is there to answer a dialog. A spec gives the answers beforehand, by putting a function of its own
 * in the place of one of these, as it does with Electron itself.
 */
const unanswered =
  (name: string) =>
  async (...given: unknown[]) => {
    throw new Error(
      `dialog.${name} was opened and no answer was given to it: ${JSON.stringify(given.at(-1))}`,
    );
  };

export const dialog = strict('dialog', {
  showOpenDialog: unanswered('showOpenDialog'),
  showSaveDialog: unanswered('showSaveDialog'),
  showMessageBox: unanswered('showMessageBox'),
  // Before the app is ready, and on Linux, Electron writes it to stderr.
  showErrorBox(title: string, content: string): void {
    console.error(`${title}\n${content}`);
  },
});
