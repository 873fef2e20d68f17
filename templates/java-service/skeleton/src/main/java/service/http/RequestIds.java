package service.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Names each request: as the caller does in {@code X-Request-Id}, or anew. Every log line of it has
 * the name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIds extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(RequestIds.class);
    private static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "requestId";
    private static final Set<String> PROBES = Set.of("/livez", "/readyz");
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    /** The id of a request that came through this filter. */
    static String of(WebRequest request) {
        return String.valueOf(request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(HEADER);
        String id = given != null && ACCEPTED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        long started = System.nanoTime();
        try (MDC.MDCCloseable ignored = MDC.putCloseable(ATTRIBUTE, id)) {
            chain.doFilter(request, response);
            log.atLevel(PROBES.contains(request.getRequestURI()) ? Level.DEBUG : Level.INFO)
                    .addKeyValue("method", request.getMethod())
                    .addKeyValue("path", request.getRequestURI())
                    .addKeyValue("status", response.getStatus())
                    .addKeyValue("durationMs", (System.nanoTime() - started) / 1_000_000)
                    .log("Request completed");
        }
    }
}
