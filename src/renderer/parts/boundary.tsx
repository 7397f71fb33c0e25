import { Component, type ReactNode } from 'react';
import { t } from '../words/t.ts';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

/** Keeps a fault of one part of the window to that part, and says so. Batches do not depend on the window. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Empty text={t('boundary.failed', { message: error.message })}>
        <Button look="main" onClick={() => location.reload()}>
          {t('boundary.reload')}
        </Button>
      </Empty>
    );
  }
}
