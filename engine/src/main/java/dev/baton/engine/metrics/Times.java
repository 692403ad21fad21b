package dev.baton.engine.metrics;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Time by account.
 *
 * @param byAccount every account, in their order
 */
public record Times(Map<Account, Duration> byAccount) {
  /** No time at all. */
  public static final Times ZERO = new Times(Map.of());

  public Times {
    Map<Account, Duration> all = new EnumMap<>(Account.class);
    for (Account account : Account.values()) {
      all.put(account, byAccount.getOrDefault(account, Duration.ZERO));
    }
    byAccount = Collections.unmodifiableMap(all);
  }

  public Duration get(Account account) {
    return byAccount.get(account);
  }

  public Duration total() {
    return byAccount.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** The account's part of the total, from 0 to 1. */
  public double share(Account account) {
    long total = total().toNanos();
    return total == 0 ? 0 : (double) get(account).toNanos() / total;
  }

  public Times plus(Times other) {
    Map<Account, Duration> sum = new EnumMap<>(byAccount);
    other.byAccount.forEach((account, more) -> sum.merge(account, more, Duration::plus));
    return new Times(sum);
  }
}
