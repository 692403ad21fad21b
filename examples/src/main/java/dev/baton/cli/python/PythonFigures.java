package dev.baton.cli.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.cli.compare.Medians;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a script measured in one Python.
 *
 * @param python in which one
 * @param gil whether there was a global lock while it ran
 * @param startMethod how worker processes were started: fork, forkserver, spawn
 * @param ways in the order of the script, sequential first
 */
public record PythonFigures(Python python, boolean gil, String startMethod, List<Way> ways) {
  /** The way that speed-ups refer to. */
  public static final String SEQUENTIAL = "sequential";

  /**
   * A way of running the work.
   *
   * @param seconds the median of the rounds
   * @param firstSeconds of the round before, with what had to be started for it
   * @param digests of all outputs; one when they are equal
   */
  public record Way(String name, double seconds, double firstSeconds, List<String> digests) {
    /** Whether every output had that digest. */
    public boolean gave(String digest) {
      return digests.equals(List.of(digest));
    }
  }

  public PythonFigures {
    ways = List.copyOf(ways);
  }

  static PythonFigures parse(Python python, String json) throws IOException {
    JsonNode root = new ObjectMapper().readTree(json);
    List<Way> ways = new ArrayList<>();
    for (var entry : root.required("ways").properties()) {
      JsonNode way = entry.getValue();
      double[] seconds = new double[way.required("seconds").size()];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = way.get("seconds").get(i).asDouble();
      }
      List<String> digests = new ArrayList<>();
      way.required("digests").forEach(digest -> digests.add(digest.asText()));
      double first = way.required("firstSeconds").asDouble();
      ways.add(new Way(entry.getKey(), Medians.of(seconds), first, digests));
    }
    return new PythonFigures(
        python, root.required("gil").asBoolean(), root.required("startMethod").asText(), ways);
  }

  /** How many times as fast as sequentially; NaN when the script does not know that way. */
  public double speedup(String way) {
    return seconds(SEQUENTIAL) / seconds(way);
  }

  private double seconds(String name) {
    return ways.stream()
        .filter(way -> way.name().equals(name))
        .mapToDouble(Way::seconds)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** As an object of {@code compare --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("implementation", python.implementation());
    json.put("version", python.version());
    json.put("freeThreaded", python.freeThreaded());
    json.put("gil", gil);
    json.put("startMethod", startMethod);
    List<Map<String, Object>> list = new ArrayList<>();
    for (Way way : ways) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("way", way.name());
      one.put("wallSeconds", way.seconds());
      one.put("firstSeconds", way.firstSeconds());
      one.put("speedup", speedup(way.name()));
      one.put("outputDigests", way.digests());
      list.add(one);
    }
    json.put("ways", list);
    return json;
  }
}
