package service.greetings;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The kill switch is pulled. */
final class GreetingsOffException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    GreetingsOffException() {
        super(HttpStatus.SERVICE_UNAVAILABLE);
        setTitle("Greetings are switched off");
        getHeaders().set(HttpHeaders.RETRY_AFTER, "30");
    }
}
