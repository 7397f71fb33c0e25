import { Bar } from '../parts/bar.tsx';
import { Button } from '../parts/button.tsx';
import { bytes } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { useUploads } from './uploads.ts';

/** How far the files are on their way to the web host. */
export function UploadLine() {
  const { progress, cancel } = useUploads();
  if (!progress) return null;
  const { files, filesDone, bytes: size, bytesDone } = progress;
  return (
    <div className="field-row wide" data-testid="upload">
      <Bar share={files === 0 ? null : filesDone / files} label={t('upload.title')} />
      <span className="quiet">
        {files === 0
          ? t('upload.reading')
          : t('upload.progress', {
              done: filesDone,
              count: files,
              doneBytes: bytes(bytesDone),
              bytes: bytes(size),
            })}
      </span>
      <Button onClick={cancel}>{t('upload.cancel')}</Button>
    </div>
  );
}
