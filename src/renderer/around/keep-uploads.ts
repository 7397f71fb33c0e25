import { useUploads } from '../new-batch/uploads.ts';

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Has the browser ask before the window is left while files are on their way: they would have to be sent again. */
export function keepUploads(): void {
  let isAsking = false;
  useUploads.subscribe(({ progress }) => {
    const isUploading = progress !== null;
    if (isUploading === isAsking) return;
    isAsking = isUploading;
    // A page that listens always is kept from the browser's quick way back to it.
    if (isUploading) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  });
}
