import { describe, expect, it, vi } from 'vitest';
import { visitorId } from '../../src/visitor.ts';

describe('visitor', () => {
  it('keeps an id as long as the tab lives', () => {
    const id = visitorId();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(visitorId()).toBe(id);
    sessionStorage.clear();
    expect(visitorId()).not.toBe(id);
  });

  it('is one of many where nothing can be stored', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(visitorId()).toBe('anonymous');
  });
});
