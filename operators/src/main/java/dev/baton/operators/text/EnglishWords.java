package dev.baton.operators.text;

import java.util.Set;

/** The stop words of {@link StopList.English}, by their part of speech. */
final class EnglishWords {
  static final Set<String> ALL =
      Set.of(
          """
          a an the this that these those such same other another each every either neither both
          all any some no none many much more most few fewer less least several enough own
          i me my mine myself we us our ours ourselves you your yours yourself yourselves
          he him his himself she her hers herself it its itself they them their theirs themselves
          one ones someone somebody something anyone anybody anything everyone everybody everything
          nobody nothing who whom whose which what whoever whatever whichever
          of in on at by to from with without within into onto upon off out up down over under
          above below between among amongst through throughout during before after since until till
          about against across along around behind beside besides beyond near toward towards per via
          and or but nor so yet if then else than as because while whilst although though unless
          whether where when whenever wherever why how however therefore thus hence
          be am is are was were been being do does did doing done have has had having
          will would shall should can could may might must ought need cannot
          not only also too very just even still again once ever never always often almost already
          rather quite perhaps here there now anywhere everywhere nowhere somewhere else
          don doesn didn isn aren wasn weren hasn haven hadn won wouldn shan shouldn couldn mustn
          ll ve re
          """
              .lines()
              .flatMap(line -> java.util.Arrays.stream(line.split(" ")))
              .distinct()
              .toArray(String[]::new));

  private EnglishWords() {}
}
