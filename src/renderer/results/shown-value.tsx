import type { ResultColumn } from '../../shared/contract/results.ts';
import { resultImagePath } from '../../shared/result-image.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { bridge } from '../connection.ts';
import { pathParts } from '../table/path-parts.ts';
import { t } from '../words/t.ts';
import { openOutside } from './open-outside.ts';
import { openCell } from './results-state.ts';

interface ShownProps {
  batch: BatchId;
  index: TaskIndex;
  column: ResultColumn;
  value: string | number | boolean;
}

/** A value as a cell shows it: links and images as such, paths with their name in view. */
export function ShownValue({ batch, index, column, value }: ShownProps) {
  if (typeof value === 'boolean') return value ? t('results.true') : t('results.false');
  if (typeof value === 'number') return String(value);
  // Columns of several kinds are of texts; each text can still be a link or a path.
  if (/^https?:\/\/\S+$/i.test(value) && column.type !== 'json') {
    return <Link {...{ batch, index, column }} url={value} />;
  }
  const path =
    column.type === 'image' || column.type === 'file' || column.of === 'input' ? pathParts(value) : null;
  if (!path) return value;
  const isImage = /\.(?:png|jpe?g|gif|webp|avif|bmp)$/i.test(path.name);
  return (
    <button
      type="button"
      tabIndex={-1}
      className="results-file"
      aria-label={t('results.open-cell', { value: path.name })}
      onClick={() => openCell({ index, column })}
    >
      {isImage && column.type === 'image' && (
        <Thumbnail src={resultImagePath({ batch, task: index, column: column.id })} />
      )}
      <span className="task-path-folder">{path.folder}</span>
      <span className="task-path-name">{path.name}</span>
    </button>
  );
}

function Thumbnail({ src }: { src: string }) {
  return (
    <img
      className="results-thumbnail"
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      // Gone meanwhile, or none that a browser shows: the name says enough.
      onError={(event) => {
        event.currentTarget.hidden = true;
      }}
    />
  );
}

function Link({ batch, index, column, url }: Omit<ShownProps, 'value'> & { url: string }) {
  return (
    <a
      href={url}
      tabIndex={-1}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        // The app's window leads nowhere: its host opens the browser.
        if (!bridge) return;
        event.preventDefault();
        openOutside(batch, index, column.id, 'link');
      }}
    >
      {url}
    </a>
  );
}
