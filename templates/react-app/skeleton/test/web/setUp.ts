import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(cleanup);
