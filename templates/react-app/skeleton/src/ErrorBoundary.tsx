import { Component } from 'react';
import type { ReactNode } from 'react';

interface Props {
  children: ReactNode;
}

interface State {
  failed: boolean;
}

/** Shows a way on instead of an empty page when a component inside throws; `main.tsx` reports what it threw. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <div className="notice notice-error" role="alert">
        <h2>Something went wrong</h2>
        <p>It was reported. Load the page again, or come back later.</p>
        <button
          type="button"
          onClick={() => {
            location.reload();
          }}
        >
          Load again
        </button>
      </div>
    );
  }
}
