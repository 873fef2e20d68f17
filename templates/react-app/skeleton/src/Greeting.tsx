import { useId, useRef, useState } from 'react';
import { useFlag } from './flags.ts';
import { openingAt } from './openings.ts';

const MAX_NAME = 64;

interface Props {
  /** The time to greet by; a test passes its own. */
  now?: () => Date;
}

/** Asks for a name and greets: the example of a component behind a kill switch and a release flag. */
export function Greeting({ now = () => new Date() }: Props) {
  const isEnabled = useFlag('greetings-enabled');
  const byTimeOfDay = useFlag('time-of-day-greeting');
  const [name, setName] = useState('');
  const [greeted, setGreeted] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  if (!isEnabled) {
    return (
      <div className="notice" role="status">
        <h2>Greetings are switched off</h2>
        <p>Nothing is lost. Please come back in a few minutes.</p>
      </div>
    );
  }

  const greet = () => {
    const given = name.trim();
    setGreeted(given);
    setProblem(given === '' ? 'Enter your name.' : '');
    if (given === '') {
      field.current?.focus();
    }
  };
  const opening = byTimeOfDay ? openingAt(now()) : 'Hello';

  return (
    <>
      <form
        className="card"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          greet();
        }}
      >
        <label htmlFor={`${id}-name`}>Your name</label>
        {problem !== '' && (
          <p className="problem" id={`${id}-problem`}>
            {problem}
          </p>
        )}
        <div className="field">
          <input
            ref={field}
            id={`${id}-name`}
            name="name"
            type="text"
            autoComplete="given-name"
            maxLength={MAX_NAME}
            required
            value={name}
            aria-invalid={problem !== ''}
            aria-describedby={problem === '' ? undefined : `${id}-problem`}
            onChange={event => {
              setName(event.target.value);
              setProblem('');
            }}
          />
          <button type="submit">Greet me</button>
        </div>
      </form>
      <p className="greeting" role="status">
        {greeted !== '' && `${opening}, ${greeted}!`}
      </p>
    </>
  );
}
