import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ErrorBoundary } from '../../src/ErrorBoundary.tsx';

function Broken(): never {
  throw new Error('password=hunter2');
}

it('shows a way on, and nothing of what broke, when a component throws', () => {
  const caught = vi.fn();
  render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
    { onCaughtError: caught },
  );
  expect(screen.getByRole('alert').textContent).not.toContain('hunter2');
  expect(screen.getByRole('button', { name: 'Load again' })).toBeTruthy();
  expect(caught).toHaveBeenCalledOnce();
});

it('shows what is inside while nothing breaks', () => {
  render(<ErrorBoundary>Hello</ErrorBoundary>);
  expect(screen.getByText('Hello')).toBeTruthy();
});
