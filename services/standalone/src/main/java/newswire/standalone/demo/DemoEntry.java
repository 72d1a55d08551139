package newswire.standalone.demo;

import java.time.Instant;

/**
 * One made-up news item.
 *
 * @param number within its feed, from 1
 * @param title plain text
 * @param html body
 */
record DemoEntry(int number, String title, String html, Instant published) {}
