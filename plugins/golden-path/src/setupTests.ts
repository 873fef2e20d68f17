import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A machine that does other things too is slow, and no fault of what is tested
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });
