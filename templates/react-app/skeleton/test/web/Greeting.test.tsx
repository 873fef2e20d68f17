import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Greeting } from '../../src/Greeting.tsx';
import { renderWithFlags } from './withFlags.tsx';

const at = (hour: number) => () => new Date(2026, 0, 1, hour);

async function greet(name: string): Promise<void> {
  await userEvent.type(screen.getByLabelText('Your name'), name);
  await userEvent.click(screen.getByRole('button', { name: 'Greet me' }));
}

describe('greeting', () => {
  it('greets plainly while time-of-day-greeting is off', async () => {
    renderWithFlags(<Greeting now={at(8)} />, {
      'time-of-day-greeting': 'off',
    });
    await greet('Ada');
    expect(screen.getByRole('status').textContent).toBe('Hello, Ada!');
  });

  it.each([
    [11, 'Good morning'],
    [12, 'Good afternoon'],
    [17, 'Good afternoon'],
    [18, 'Good evening'],
  ])(
    'at %i o’clock says “%s” while time-of-day-greeting is on',
    async (hour, opening) => {
      renderWithFlags(<Greeting now={at(hour)} />, {
        'time-of-day-greeting': 'on',
      });
      await greet('Ada');
      expect(screen.getByRole('status').textContent).toBe(`${opening}, Ada!`);
    },
  );

  it('asks for a name while greetings-enabled is on', () => {
    renderWithFlags(<Greeting />, { 'greetings-enabled': 'on' });
    expect(screen.getByLabelText('Your name')).toBeTruthy();
  });

  it('says so, and asks for nothing, while greetings-enabled is off', () => {
    renderWithFlags(<Greeting />, { 'greetings-enabled': 'off' });
    expect(screen.getByText('Greetings are switched off')).toBeTruthy();
    expect(screen.queryByLabelText('Your name')).toBeNull();
  });

  it('shows a name as it was typed, markup included', async () => {
    renderWithFlags(<Greeting />);
    await greet('<b>Ada</b>');
    expect(screen.getByText('Hello, <b>Ada</b>!')).toBeTruthy();
  });

  it('says what is missing, ties it to the field and goes there', async () => {
    renderWithFlags(<Greeting />);
    const field = screen.getByLabelText('Your name');
    await greet('   ');
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const description = field.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(description)?.textContent).toBe(
      'Enter your name.',
    );

    await userEvent.type(field, 'A');
    expect(field.getAttribute('aria-invalid')).toBe('false');
    expect(screen.queryByText('Enter your name.')).toBeNull();
  });
});
